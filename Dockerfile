# Two stages: one that builds a virtual environment from the lock files, one that holds nothing else.
# docs/container.md says how to use the image, and how each step was checked.

# The interpreter that the tests run on.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /src

# Dependencies first: they change less often than the code, so this layer is used again.
COPY requirements.lock requirements-build.lock requirements-compile.lock ./
RUN apt-get update && apt-get install --no-install-recommends --yes gcc libc6-dev \
    && python -m venv /opt/communique \
    && /opt/communique/bin/pip install --require-hashes -r requirements.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes -r requirements-build.lock \
    && /opt/build/bin/pip install --require-hashes -r requirements-compile.lock

COPY pyproject.toml README.md LICENSE ./
COPY migrations migrations
COPY bot bot
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /dist \
    && /opt/communique/bin/pip install --no-deps --no-index /dist/communique-*.whl \
    && /opt/communique/bin/pip check \
    && /opt/build/bin/python -m bot.compiled.build --into /opt/communique \
    && /opt/communique/bin/pip uninstall --yes pip setuptools

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="communiqué" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.description="A Discord bot that monitors diplomatic reactions to Nagorno-Karabakh" \
      org.opencontainers.image.licenses="MIT"

# A number that is the same on every host, so that the owner of a volume stays who it was.
RUN groupadd --gid 10001 communique \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin communique \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
COPY --from=build /opt/communique /opt/communique

# What can be made again goes to /tmp, so that the root file system can be read-only.
ENV PATH=/opt/communique/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    MPLCONFIGDIR=/tmp/cache/matplotlib
# From here the defaults mean /config.toml, /data/communique.sqlite3 and /run/secrets.
WORKDIR /
USER 10001:10001
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=15s --start-period=30s --retries=3 \
    CMD ["communique", "status", "--exit-code"]
ENTRYPOINT ["communique"]
CMD ["run"]
