# syntax=docker/dockerfile:1

# Two images, described in docs/docker.md:
#   docker build --target cpu  -t hyperbrush:cpu .
#   docker build --target cuda -t hyperbrush:cuda .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# By itself, so that a change of the sources downloads nothing.
COPY pom.xml ./
RUN mvn -B -q dependency:go-offline
COPY config config
COPY migrations migrations
COPY src src
# Tests are for before an image is built: they need a browser.
RUN mvn -B -q -Dmaven.test.skip=true package
# Out of the jar, since the root file system of a container cannot be written.
RUN mkdir native unpacked \
    && (cd unpacked && jar xf ../target/hyperbrush.jar ai/onnxruntime/native) \
    && mv "unpacked/ai/onnxruntime/native/linux-$(uname -m | sed s/x86_64/x64/)"/*.so native/

# With the libraries for every command: /tmp is small, and nothing can be run from there.
RUN printf '%s\n' '#!/bin/sh' \
    'exec java -Donnxruntime.native.path=/opt/hyperbrush/native -jar /opt/hyperbrush/hyperbrush.jar "$@"' \
    > hyperbrush

# ONNX Runtime's libraries for cards, of the same release; its classes are those of the CPU build.
FROM build AS native-cuda
RUN version="$(mvn -B -q help:evaluate -Dexpression=onnxruntime.version -DforceStdout)" \
    && mvn -B -q dependency:copy -DoutputDirectory=/build/gpu \
       "-Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:${version}:jar" \
    && mkdir /native \
    && (cd gpu && jar xf "onnxruntime_gpu-${version}.jar" ai/onnxruntime/native/linux-x64) \
    && mv gpu/ai/onnxruntime/native/linux-x64/*.so /native/ \
    && rm -r gpu

FROM eclipse-temurin:25-jre AS cpu
COPY --from=build /build/target/hyperbrush.jar /opt/hyperbrush/hyperbrush.jar
COPY --from=build /build/native /opt/hyperbrush/native
COPY --from=build --chmod=755 /build/hyperbrush /usr/local/bin/hyperbrush
# The user has no name: a number is all that a file system needs.
RUN install -d -o 10001 -g 10001 /data
ENV HYPERBRUSH_DATA=/data \
    HOME=/data \
    XDG_CACHE_HOME=/data/cache \
    LC_ALL=C.UTF-8 \
    ORT_DISABLE_TELEMETRY=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=2m --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "/opt/hyperbrush/hyperbrush.jar", "health"]
ENTRYPOINT ["hyperbrush"]
CMD ["serve"]

# CUDA 12 and cuDNN 9: what ONNX Runtime 1.29 was built against.
FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS cuda
COPY --from=eclipse-temurin:25-jre /opt/java/openjdk /opt/java/openjdk
COPY --from=build /build/target/hyperbrush.jar /opt/hyperbrush/hyperbrush.jar
COPY --from=native-cuda /native /opt/hyperbrush/native
COPY --from=build --chmod=755 /build/hyperbrush /usr/local/bin/hyperbrush
RUN install -d -o 10001 -g 10001 /data
ENV JAVA_HOME=/opt/java/openjdk \
    PATH=/opt/java/openjdk/bin:$PATH \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    HYPERBRUSH_DATA=/data \
    HOME=/data \
    XDG_CACHE_HOME=/data/cache \
    LC_ALL=C.UTF-8 \
    ORT_DISABLE_TELEMETRY=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=2m --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "/opt/hyperbrush/hyperbrush.jar", "health"]
ENTRYPOINT ["hyperbrush"]
CMD ["serve"]
