What this jar carries of others, and under which licences each part may be had.
<#list dependencyMap as entry>
${entry.key.groupId}:${entry.key.artifactId}:${entry.key.version} = <#list entry.value as license>${license}<#sep> or </#sep></#list>
</#list>
