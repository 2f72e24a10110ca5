"""奖补: what a person, a couple or an enterprise is entitled to under a subsidy policy.

General layout:

    people      persons, their spells and spouses; every policy of a pack applied to them
"""
