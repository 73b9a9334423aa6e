"""The net of one character: three stages of a halving convolution and a residual block, and one full layer; about 290,000 weights."""

import torch
from torch import nn


def convolution(inputs, outputs, side, step):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, side, step, side // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    """Two convolutions beside the way straight on."""

    def __init__(self, channels):
        super().__init__()
        self.first = convolution(channels, channels, 3, 1)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, maps):
        return torch.relu(maps + self.second(self.first(maps)))


class CharacterNet(nn.Module):
    """N x 1 x 32 x 32 to N x classes logits."""

    def __init__(self, classes):
        super().__init__()
        self.look = nn.Sequential(
            convolution(1, 24, 5, 2),
            Residual(24),
            convolution(24, 48, 3, 2),
            Residual(48),
            convolution(48, 96, 3, 2),
            Residual(96),
        )
        self.name = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(96 * 16, classes))

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
