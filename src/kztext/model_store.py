"""Open a folder of `models/`, and refuse one that does not fit."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kztext.errors import ModelError

MODELS = Path(__file__).parents[2] / "models"
META = "meta.json"
CARD = "README.md"
MADE_BY = ("spacy", "stanza", "torch")  # whose files of another minor version may not open


def shipped(name: str) -> Path:
    """The folder of a model in the checkout, or the copy that an installed kztext carries."""
    inside = Path(__file__).parent / "models" / name
    return inside if inside.is_dir() else MODELS / name


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def weights(folder: Path) -> list[Path]:
    """The files of a model: all but its description."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != CARD)
    return sorted(path for path in files if path != folder / META)


def weigh(folder: Path) -> None:
    """Write into a model's meta.json what its files are."""
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["weights"] = {path.relative_to(folder).as_posix(): digest(path) for path in weights(folder)}
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (folder / META).write_text(text + "\n", encoding="utf-8")


def read_meta(folder: Path) -> dict[str, Any]:
    """What a model says of itself. Raises ModelError where there is no model."""
    if not (folder / META).is_file():
        raise ModelError(f"{folder}: no model (meta.json is missing); run `make models`")
    meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    return meta


def model_folder(name: str, root: Path = MODELS) -> Path:
    """The folder of a model. Raises ModelError for one that is absent or made with other versions."""
    folder = root / name
    versions = read_meta(folder).get("versions", {})
    for package in (package for package in MADE_BY if package in versions):
        if find_spec(package) is None:
            raise ModelError(f"{folder}: needs {package}, which is not installed; run `make {package}`")
        made, here = versions[package], metadata.version(package)
        if made.split(".")[:2] != here.split(".")[:2]:
            raise ModelError(f"{folder}: made with {package} {made}, here is {here}; run `make models`")
    return folder


def differences(folder: Path, data: Path | None = None) -> list[str]:
    """What in a model's folder is not as its meta.json says.

    With `data`, also which files of that folder are not those it was trained on; absent ones say nothing.
    """
    meta = read_meta(folder)
    said, there = meta.get("weights", {}), {path.relative_to(folder).as_posix() for path in weights(folder)}
    found = [f"{name}: missing" for name in sorted(said.keys() - there)]
    found += [f"{name}: not in meta.json" for name in sorted(there - said.keys())]
    found += [
        f"{name}: changed" for name in sorted(there & said.keys()) if digest(folder / name) != said[name]
    ]
    for name, known in meta.get("data", {}).items() if data else ():
        if data and (data / name).is_file() and digest(data / name) != known:
            found.append(f"{name}: the model was trained on other data; run `make models`")
    return found
