"""A plan asked through Message Batches.

Read `state_file`, then `conversation`, then `batch_namer`.
"""
