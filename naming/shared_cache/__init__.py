"""What replicas tell each other through Valkey or Redis.

Names already given, and that calls to Claude are paused.
"""
