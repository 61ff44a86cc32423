"""Tables in text."""
from dataclasses import dataclass

@dataclass
class Gridded:
    commitments: list
    spans: list

def extract(document):
    return Gridded([],[])
