"""参与: who may take part, and how residents deliberate.

General layout:

    eligibility     who may register as voter, by the law in force on the polling day
"""
