"""Our names without Claude beside what people would use instead, on the same cases and by the same judge."""
