"""`python -m bot` is `communique`."""

from bot.cli import main

if __name__ == "__main__":
    main()
