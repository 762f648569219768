"""Stanza's tagger, trained at a rate that falls in a line to nothing.

Takes the arguments of `stanza.models.tagger`. Stanza 1.15 means to go on at a lower rate once the development
part gets no better, but goes on with the optimizer it had; the last points of accuracy come from that rate.
"""

from __future__ import annotations

from typing import Any


def main() -> None:
    """Train."""
    from stanza.models import tagger
    from torch.optim.lr_scheduler import LambdaLR

    made = tagger.Trainer

    def trainer(args: dict[str, Any], **more: Any) -> Any:
        built, most = made(args=args, **more), args["max_steps"]
        built.schedulers = {
            name: LambdaLR(optimizer, lambda step: max(0.0, 1 - step / most))
            for name, optimizer in built.optimizers.items()
        }
        return built

    tagger.Trainer = trainer
    tagger.main()


if __name__ == "__main__":
    main()
