"""The net of one character: five convolutions and two full layers, about 250,000 weights."""

import torch
from torch import nn


def convolution(inputs, outputs, side, step):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, side, step, side // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class CharacterNet(nn.Module):
    """N x 1 x 32 x 32 to N x classes logits."""

    def __init__(self, classes):
        super().__init__()
        self.look = nn.Sequential(
            convolution(1, 24, 5, 2),
            convolution(24, 32, 3, 1),
            convolution(32, 48, 3, 2),
            convolution(48, 64, 3, 1),
            convolution(64, 96, 3, 2),
        )
        self.name = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.2), nn.Linear(96 * 16, 96), nn.ReLU(inplace=True), nn.Dropout(0.1), nn.Linear(96, classes)
        )

    def forward(self, images):
        return self.name(self.look(images))


class Ensemble(nn.Module):
    """The mean of the logits of several nets."""

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, images):
        total = self.members[0](images)
        for member in self.members[1:]:
            total = total + member(images)
        return total * (1.0 / len(self.members))
