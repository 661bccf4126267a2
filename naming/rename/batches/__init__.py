"""A plan asked through Message Batches: `journal`, then `conversation`, then `batch_namer`."""
