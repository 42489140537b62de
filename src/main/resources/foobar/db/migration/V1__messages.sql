CREATE TABLE messages (
    id              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    author          VARCHAR(40) NOT NULL,
    -- who may delete it: the id that the author got at sign-in
    owner           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text            TEXT NOT NULL,
    created         DATETIME(3) NOT NULL,
    picture_type    VARCHAR(16) CHARACTER SET ascii NULL,
    picture_size    INT NULL,
    picture_digest  CHAR(64) CHARACTER SET ascii NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- In parts, so that neither a node nor one packet of the protocol ever holds a whole picture.
CREATE TABLE picture_parts (
    message BIGINT NOT NULL,
    part    INT NOT NULL,
    bytes   MEDIUMBLOB NOT NULL,
    PRIMARY KEY (message, part),
    FOREIGN KEY (message) REFERENCES messages (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- Stays when its message is deleted: a late repetition must not post it again.
CREATE TABLE idempotency_keys (
    owner       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    fingerprint CHAR(64) CHARACTER SET ascii NOT NULL,
    message     BIGINT NOT NULL,
    PRIMARY KEY (owner, name)
) ENGINE = InnoDB;
