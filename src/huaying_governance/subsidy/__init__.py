"""奖补: what a person, a couple or an enterprise is entitled to, from claim to payment and back.

General layout:

    people      persons, their spells and spouses; every policy of a pack applied to them
    cycle       one cycle, frozen with its policy and rows; recomputed, it yields 补发 and 追回
    duplicates  awards of several policies for one purpose; references that may be one person
    claim       a claim, what is done about it, how it stands
    claiming    the procedure of claims: every state and every move
    publicity   what is published, masked
    budget      what a ceiling pays for, in a stated order
    payments    batches, and what the bank's answer says of them
    simulation, chart   what a policy costs a population, before and after, in years ahead; as pictures
    detectors   questions to records that point to rows, never to scores of persons
"""
