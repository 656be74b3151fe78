from district.resources.family import the_child, the_spouse
from district.resources.tables import Kinship, Person


def kin(kind: str, number: str) -> Kinship:
    return Kinship(kind=kind, relative=Person(name="某人", number=number))


def test_the_only_child_is_the_child_that_is_meant() -> None:
    only = kin("child", "440306202103120315")
    assert the_child(Person(family=[kin("spouse", "440306199306210244"), only])) is only


def test_of_several_children_nobody_can_tell_which_is_meant() -> None:
    several = [kin("child", "440306202103120315"), kin("child", "440306201501200260")]
    assert the_child(Person(family=several)) is None


def test_somebody_alone_has_neither_spouse_nor_child() -> None:
    assert (the_spouse(Person()), the_child(Person())) == (None, None)
