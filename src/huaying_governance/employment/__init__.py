"""乐业: the fourth programme: training, vacancies, fairs and agencies, flexible work, public-interest posts.

Persons are references; whoever is counted is counted as what was seen: attendances are not persons.
"""

__all__: list[str] = []
