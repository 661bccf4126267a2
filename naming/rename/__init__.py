"""Batch renaming of legacy tasks: plan, look, apply, undo.

Read `tasks`, then `plan_file`, then `source`; for Message Batches `batch_journal`, then
`batch_format`, then `batch_conversation`.
"""
