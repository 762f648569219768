import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools/docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", generator().FILES)
def test_generated_parts_are_not_stale(name: str) -> None:
    assert not list(generator().stale([name])), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def targets() -> set[str]:
    listed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  (\w+) ", listed, re.MULTILINE))


def test_make_lists_its_targets() -> None:
    assert {"install", "extract", "test", "score", "lint", "types", "check", "docs"} <= targets()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / ".ci/run"], ids=lambda page: page.name)
def test_make_commands_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"^make (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= targets()


def test_no_page_names_a_place_on_one_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(?:home|work|root|tmp)/", page.read_text(encoding="utf-8")), page
