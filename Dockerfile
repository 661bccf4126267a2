# Builds the package from hashed locks in one stage, lists what is in it (CycloneDX) and copies only the finished
# environment into the other.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN ["python", "-m", "venv", "/opt/naming"]
RUN ["python", "-m", "venv", "/opt/builder"]
RUN ["python", "-m", "venv", "/opt/supply"]
COPY requirements/runtime.txt requirements/build.txt requirements/supply.txt requirements/
RUN ["/opt/naming/bin/python", "-m", "pip", "install", "--require-hashes", "-r", "requirements/runtime.txt"]
RUN ["/opt/builder/bin/python", "-m", "pip", "install", "--require-hashes", "-r", "requirements/build.txt"]
RUN ["/opt/supply/bin/python", "-m", "pip", "install", "--require-hashes", "-r", "requirements/supply.txt"]
COPY pyproject.toml README.md LICENSE ./
COPY naming naming
COPY prompts prompts
RUN ["/opt/builder/bin/python", "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", "/dist", "."]
RUN ["/opt/naming/bin/python", "-m", "pip", "install", "--no-deps", "--no-index", "--find-links", "/dist", "task-naming"]
RUN ["/opt/naming/bin/python", "-m", "pip", "uninstall", "-y", "pip"]
RUN ["/opt/supply/bin/cyclonedx-py", "environment", "--output-reproducible", "-o", "/opt/naming/sbom.cdx.json", "/opt/naming/bin/python"]

FROM python:3.13-slim
COPY --from=build /opt/naming /opt/naming
ENV PATH=/opt/naming/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NAMING_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["python", "-m", "naming.healthcheck"]
ENTRYPOINT ["naming"]
CMD ["serve"]
