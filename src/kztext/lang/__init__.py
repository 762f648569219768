"""Language packs: how Kazakh and Russian write things, as TOML; see docs/packs.md."""
