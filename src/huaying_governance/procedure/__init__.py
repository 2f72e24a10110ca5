"""办理程序: declared state machines: one immutable table of states, transitions, guards and clocks.

General layout, lowest first:

    clock       deadlines in natural or working days: pure arithmetic over a calendar
    sound       what makes a table unsound
    table       the table itself; construction refuses duplicate, unreachable, trapping and undefined parts
    usual       guards that nearly every table asks, worded once
    check       what a procedure's author states, proved by exhaustion
    diagram     Mermaid and SVG from the table
"""
