"""检验工具: what the library ships so that others can prove their own parts: policies by cases, stores by conformance.

General layout, in the direction of travel; nothing here is imported by the rest of the library, save by `huaying test`:

    case, values, faults, words   cases as plain values; reading and showing one value; problems; phrases
    subject, policies, timetables, lists, procedures    what can be tested, each seen in one way
    building, reading, finding    case files in TOML and CSV, and what they test
    runner, report                one runner, two doors: the command (`command`) and pytest (`plugin`)
    atoms, goals, coverage, page  coverage of a policy's own conditions; the page that colours its text
    changes, mutants, variants, mutation, list_faults    small faults, and the cases that find them
    space, proposing, killing     situations searched for, proposed as cases
    golden                        rulings recorded, and what has changed since
    strategies, properties        for hypothesis (extra `testing`)
    conformance                   for stores (extra `testing`)
"""
