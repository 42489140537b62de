package io.colonnade.node;

import java.util.List;
import java.util.random.RandomGenerator;

/** Readable names such as {@code amber-heron}; 4096 of them. */
final class NodeNames {
    private static final List<String> QUALITIES =
            List.of(("agile amber ample azure bold boreal brave bright brisk calm "
                            + "candid cheery clear clever coral cosmic crisp daring deft eager early easy fair fleet fond frank "
                            + "fresh gentle glad golden grand happy hardy humble ivory jolly keen kind lively lucid lucky lunar "
                            + "mellow merry mighty misty noble polar proud quick quiet rapid ruby sandy silver smooth solar spry "
                            + "steady sunny swift tidy vivid witty")
                    .split(" "));

    private static final List<String> BIRDS =
            List.of(("avocet bittern bluejay bunting bustard buzzard condor coot cormorant "
                            + "crake crane cuckoo curlew dipper dove dunlin eagle egret falcon finch flicker gannet godwit goose "
                            + "grebe grouse gull harrier hawk heron hoopoe ibis jackdaw jay kestrel kite kiwi lapwing lark linnet "
                            + "magpie martin merlin oriole osprey owl petrel pigeon pipit plover puffin quail raven robin rook "
                            + "sparrow starling stork swallow swan swift tern thrush wren")
                    .split(" "));

    private NodeNames() {}

    static String next(RandomGenerator random) {
        return pick(QUALITIES, random) + "-" + pick(BIRDS, random);
    }

    private static String pick(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
