"""What replicas tell each other through Valkey or Redis: names, and that calls are paused."""
