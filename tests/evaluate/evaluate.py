#!/usr/bin/env python3
"""Measures reading and deciding of filled-in forms; see README.md."""

import argparse
import pathlib
import sys

import grants
import reading

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["read", "grants"])
    parser.add_argument("folder", type=pathlib.Path, help="what fill-forms wrote")
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--first", type=int, default=0, help="only so many files")
    parser.add_argument("--readings", type=pathlib.Path, help="read: keep (or take, when it is there) what softbot read in this file")
    arguments = parser.parse_args()
    if not (arguments.folder / "truth.json").exists():
        parser.error(f"{arguments.folder} holds no truth.json: make it with fill-forms.")
    return reading.measure(arguments) if arguments.what == "read" else grants.measure(arguments)


if __name__ == "__main__":
    sys.exit(main())
