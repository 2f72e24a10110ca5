"""概念规则: the rules of each concept that a pack states in a TOML file of its own, read with places and citations."""
