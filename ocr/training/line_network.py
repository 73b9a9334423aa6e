"""The net of a line: convolutions alone (OpenCV runs no others with a free width), one column of classes for every four of the line."""

import torch
from torch import nn

from network import Residual, convolution


class Along(nn.Module):
    """Looks along the line beside the way straight on: a letter is told by its neighbours' distance too."""

    def __init__(self, channels, reach):
        super().__init__()
        part = lambda: [nn.Conv2d(channels, channels, (1, 5), 1, (0, 2 * reach), (1, reach), bias=False), nn.BatchNorm2d(channels)]
        self.look = nn.Sequential(*part(), nn.ReLU(inplace=True), *part())

    def forward(self, maps):
        return torch.relu(maps + self.look(maps))


class LineNet(nn.Module):
    """N x 1 x 32 x W (W a multiple of 32) to N x classes x W / 4 logits."""

    def __init__(self, classes, width=32):
        super().__init__()
        self.look = nn.Sequential(
            convolution(1, width, 5, 2),
            Residual(width),
            convolution(width, 2 * width, 3, 2),
            Residual(2 * width),
            convolution(2 * width, 3 * width, 3, (2, 1)),
            Residual(3 * width),
            Residual(3 * width),
            nn.Conv2d(3 * width, 4 * width, (4, 1), bias=False),
            nn.BatchNorm2d(4 * width),
            nn.ReLU(inplace=True),
            Along(4 * width, 1),
            Along(4 * width, 2),
        )
        self.name = nn.Sequential(nn.Dropout(0.2), nn.Conv2d(4 * width, classes, 1))

    def forward(self, lines):
        return self.name(self.look(lines)).squeeze(2)
