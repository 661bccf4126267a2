"""Batch renaming of legacy tasks: plan, look, apply, undo.

Read `tasks`, then `plan_file`, then `source`; for batches `batch_format`, `batch_conversation`.
"""
