import numpy as np
import pytest

from press_themes.themes.draw_weights import weigh_draws


def test_weights_are_the_inverse_of_chances_and_sum_to_what_there_is():
    weights = weigh_draws(np.array([0.001, 0.002, 0.004]), 700)
    assert weights == pytest.approx([400, 200, 100])


def test_what_is_certain_stands_for_itself():
    assert weigh_draws(np.array([0.9, 0.05, 0.05]), 11) == pytest.approx([1, 5, 5])
    assert weigh_draws(np.array([0.5, 0.3, 0.2]), 3) == pytest.approx([1, 1, 1])
