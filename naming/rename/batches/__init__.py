"""A plan asked through Message Batches: `journal`, then `batch_format`, then `conversation`."""
