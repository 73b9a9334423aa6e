"""The net of one character: three stages of a halving convolution and a residual block, and one full layer; about 290,000 weights with 24 channels at first."""

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
    """N x 1 x 32 x 32 to N x classes logits. `width`: channels of the first stage; each next stage has twice as many. `blocks`: residual ones of each stage."""

    def __init__(self, classes, width=24, blocks=1):
        super().__init__()
        residuals = lambda channels: [Residual(channels) for _ in range(blocks)]
        self.look = nn.Sequential(
            convolution(1, width, 5, 2),
            *residuals(width),
            convolution(width, 2 * width, 3, 2),
            *residuals(2 * width),
            convolution(2 * width, 4 * width, 3, 2),
            *residuals(4 * width),
        )
        self.name = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(4 * width * 16, classes))

    def forward(self, images):
        return self.name(self.look(images))


def load_net(path, classes):
    """A net that train.py wrote; its width is told by its weights."""
    weights = torch.load(path)
    net = CharacterNet(classes, len(weights["look.0.0.weight"]))
    net.load_state_dict(weights)
    return net


class Ensemble(nn.Module):
    """The mean of the logits of several nets, plus `offset` for each class."""

    def __init__(self, members, offset):
        super().__init__()
        self.members = nn.ModuleList(members)
        self.register_buffer("offset", torch.tensor(offset, dtype=torch.float32))

    def forward(self, images):
        total = self.members[0](images)
        for member in self.members[1:]:
            total = total + member(images)
        return total * (1.0 / len(self.members)) + self.offset
