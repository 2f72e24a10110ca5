"""Values that every part of the library shares (内核): pure, frozen, without effects.

General layout, lowest first:

    dates       days, months and moments of China; the one module that imports pendulum
    money       exact yuan and fen
    geo         places by longitude and latitude, distances
    privacy     masking, and what may never be held
    citation    sources, clauses, how sure we are of them
    ruling      the answer of anything that judges
    thresholds  majorities and shares as the law words them
    notices     the yearly notices of days off, as cited data
    workdays    the work calendar, built from the notices
    ids         resident id, credit code, organisation code, division code
    bodies      organisations, communities, roles, actors, person references
"""
