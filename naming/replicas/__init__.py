"""What replicas tell each other through Valkey or Redis: names already given, and that calls to Claude are paused."""
