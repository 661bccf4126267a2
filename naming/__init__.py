"""Names for coding-agent tasks. Read `names`, then `chain`: together they are the product."""
