import NIOCore

@testable import Telemetry

/// What a scrape of `registry` would get.
func expositionText(_ registry: PrometheusRegistry, process: ProcessFigures? = nil) -> String {
    var buffer = ByteBuffer()
    registry.writeExposition(into: &buffer, process: process)
    return String(buffer: buffer)
}

/// The same, read by the independent parser.
func exposition(_ registry: PrometheusRegistry) throws -> ExpositionParser {
    try ExpositionParser(expositionText(registry))
}
