"""Where the tables of each released version stood. A release adds a line here, and never changes one."""

VERSIONS = {
    "0.1.0": {
        "diaspora_vault": "0001_initial",
        "diaspora_outbox": "0001_initial",
        "diaspora_municipalities": "0001_initial",
        "diaspora_registrar": "0001_initial",
    },
}
