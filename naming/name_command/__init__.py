"""The command `naming name`: by a running service, or by the chain in this process."""
