"""From what was answered to the facts that every figure is counted from, within seconds.

The database is the record; the facts are a copy that can be made again from it. What the facts do not know yet is
marked with `to_facts`, in the transaction that changed it.
"""
