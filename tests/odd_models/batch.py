"""The batch of one with which they were traced is written into the graph, or rows look at their neighbours."""
import torch
from torch import nn
from torch.nn import functional as F

from base import CLASSES, Plain, Recurrent, example, odd, randomised, scripted, traced

KIND = "batch"


@odd(KIND, "nothing: the sound twin of most others")
def plain():
    return traced(randomised(Plain()))


@odd(KIND, "reshape to the number of rows at tracing", twin="plain", source_lines=True)
def batch_reshape_int():
    class Net(Plain):
        def pooled(self, x):
            return self.features(x).flatten(2).reshape(int(x.shape[0]), 8, -1).mean(2)
    return traced(randomised(Net()))


@odd(KIND, "view(1, 8, -1): a second picture's pixels join the first one's", twin="plain", rows=1)
def batch_view_mixes():
    class Net(Plain):
        def pooled(self, x):
            return self.features(x).permute(1, 0, 2, 3).reshape(1, 8, -1).mean(2)
    return traced(randomised(Net()))


@odd(KIND, "flatten(0): all rows in one", twin="plain", rows=1)
def batch_flatten():
    class Net(Plain):
        def pooled(self, x):
            return self.features(x).mean((2, 3)).flatten(0)
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "squeeze() drops the row of a single picture", twin="plain")
def batch_squeeze():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x)).squeeze()
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "the first row alone is returned, without its dimension", twin="plain", rows=1)
def batch_row_zero():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x))[0]
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "rows are added up", twin="plain", rows=1)
def batch_sum():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x)).sum(0, keepdim=True)
    return traced(randomised(Net()))


@odd(KIND, "every row answers for the last picture", twin="plain", rows=1)
def batch_last_for_all():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            return y[-1:].expand(y.size(0), -1)
    return scripted(randomised(Net()))


@odd(KIND, "rows come back in reverse order", twin="plain", rows=1)
def batch_flip():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x)).flip(0)
    return traced(randomised(Net()))


class Tokens(nn.Module):
    """A class token before the patches, and one block of attention."""

    batch_baked = False

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 8, 8)
        self.token = nn.Parameter(torch.zeros(1, 1, 8))
        self.position = nn.Parameter(torch.zeros(1, 17, 8))
        self.norm, self.qkv, self.head = nn.LayerNorm(8), nn.Linear(8, 24), nn.Linear(8, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        rows = int(x.shape[0]) if self.batch_baked else -1
        token = self.token.expand(1, -1, -1) if self.batch_baked else self.token + 0 * x[:, :1]
        x = torch.cat([token, x], 1) + self.position
        q, k, v = self.qkv(self.norm(x)).reshape(rows, 17, 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        x = x + F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(rows, 17, 8)
        return self.head(x[:, 0])


@odd(KIND, "nothing: the twin of the next")
def tokens():
    return traced(randomised(Tokens()))


@odd(KIND, "the class token is expanded to one row", twin="tokens")
def batch_expand_token():
    class Net(Tokens):
        batch_baked = True
    return traced(randomised(Net()))


class Gated(Plain):
    def pooled(self, x):
        y = self.features(x).mean((2, 3))
        return y / (y.pow(2).sqrt() + 0.5)


@odd(KIND, "nothing: the twin of the next")
def gated():
    return traced(randomised(Gated()))


@odd(KIND, "features are divided by their root mean square over the rows", twin="gated", rows=1)
def batch_statistics():
    class Net(Gated):
        def pooled(self, x):
            y = self.features(x).mean((2, 3))
            return y / (y.pow(2).mean(0, keepdim=True).sqrt() + 0.5)
    return traced(randomised(Net()))


@odd(KIND, "branches on the mean of the whole batch", twin="branch_per_row", rows=1)
def batch_branch():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            if float(x.mean()) > -0.8:
                y = -y
            return y
    return scripted(randomised(Net()))


@odd(KIND, "nothing: the twin of the last, row by row")
def branch_per_row():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            return torch.where(x.mean((1, 2, 3), keepdim=True).flatten(1) > -0.8, -y, y)
    return scripted(randomised(Net()))


@odd(KIND, "halves the scores while any row of the batch is large", rows=1)
def batch_while():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            while float(y.abs().max()) > 1.0:
                y = y * 0.5
            return y
    return scripted(randomised(Net()))


@odd(KIND, "exported for two pictures at a time", twin="plain", notes=["written into"])
def batch_of_two():
    class Net(Plain):
        def pooled(self, x):
            return self.features(x).mean((2, 3)).view(2, 8)
    return traced(randomised(Net()), example(rows=2), eager=randomised(Plain()))


class FixedState(Recurrent):
    rows_at_once = 1

    def forward(self, x):
        state = torch.zeros(2, self.rows_at_once, 6)
        return self.head(self.rows(F.avg_pool2d(x, (1, 4)).transpose(1, 2).flatten(2), (state, state))[0][:, -1])


@odd(KIND, "an LSTM's first state for one picture, which LibTorch writes beyond where more come", twin="lstm_over_rows", rows=1,
     cannot={"grad_cam": ["spatial grid"]})
def batch_state_of_one():
    return traced(randomised(FixedState()), eager=randomised(Recurrent()))


@odd(KIND, "the same for three pictures", twin="lstm_over_rows", rows=3, cannot={"grad_cam": ["spatial grid"]})
def batch_state_of_three():
    class Net(FixedState):
        rows_at_once = 3
    return traced(randomised(Net()), example(rows=3), eager=randomised(Recurrent()))


@odd(KIND, "values divided by the brightest of all pictures", rows=1)
def batch_brightest():
    class Net(Plain):
        def forward(self, x):
            return super().forward(x / x.abs().max())
    return traced(randomised(Net()))


@odd(KIND, "rows turned round where more than four pictures come, in a script", twin="plain", rows=1)
def batch_flip_of_many():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.features(x).mean((2, 3)))
            if x.size(0) > 4:
                y = y.flip(0)
            return y
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "a loop over the two pictures with which it was traced", twin="plain", rows=1)
def batch_loop_of_two():
    class Net(Plain):
        def forward(self, x):
            return torch.stack([self.head(self.pooled(x[i][None]))[0] for i in range(x.shape[0])])
    return traced(randomised(Net()), example(rows=2), eager=randomised(Plain()))


@odd(KIND, "the same by slices, of which the second is empty where one picture comes", twin="plain", rows=1)
def batch_slices_of_two():
    class Net(Plain):
        def forward(self, x):
            return torch.cat([self.head(self.pooled(x[i:i + 1])) for i in range(x.shape[0])])
    return traced(randomised(Net()), example(rows=2), eager=randomised(Plain()))


@odd(KIND, "a fraction of a thousandth of the rows' mean is added", twin="plain", rows=1)
def batch_whispers():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            return y + 4e-4 * (y.mean(0, keepdim=True) - y)
    return traced(randomised(Net()), eager=randomised(Plain()))
