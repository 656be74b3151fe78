from devices.camera.pulse import Pulse


def test_the_speed_is_known_after_two_seconds_and_not_before() -> None:
    pulse = Pulse(0.0)
    for beat in range(20):
        pulse.beat(beat / 10)
    assert pulse.fps(1.95) is None
    assert pulse.fps(2.0) == 9.5


def test_frames_that_stop_coming_bring_the_speed_down() -> None:
    pulse = Pulse(0.0)
    for beat in range(21):
        pulse.beat(beat / 10)
    assert pulse.fps(3.0) == 5.0
    assert pulse.fps(9.0) == 0.0


def test_the_speed_is_measured_anew_after_an_interruption() -> None:
    pulse = Pulse(0.0)
    pulse.beat(5.0)
    pulse.restart(6.0)
    assert pulse.fps(7.0) is None
    assert pulse.fps(8.0) == 0.0


def test_the_age_of_the_last_frame_is_told_in_steps() -> None:
    pulse = Pulse(0.0)
    assert pulse.age_ms(9.0) is None
    pulse.beat(10.0)
    assert [pulse.age_ms(now_s) for now_s in (10.04, 10.06, 11.5)] == [0, 100, 1500]
