"""乐业: the fourth programme: training, vacancies, fairs, matching, flexible work, public-interest posts."""
