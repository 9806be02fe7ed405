import Foundation
import GatewayCore
import Testing

@testable import RequestAnalysis

@Suite("Sizes of pictures")
struct ImageHeaderTests {
    /// Headers as the formats' specifications lay them out, for 640 × 480.
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        + [0, 0, 2, 128, 0, 0, 1, 224, 8, 2, 0, 0, 0]
    static let gif: [UInt8] = Array("GIF89a".utf8) + [0x80, 0x02, 0xE0, 0x01, 0, 0, 0]
    static let webPLossy: [UInt8] = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8 ".utf8) + [0, 0, 0, 0]
        + [0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01]
    static let webPLossless: [UInt8] = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8L".utf8) + [0, 0, 0, 0]
        // 14 bits of 639, then 14 bits of 479.
        + [0x2F, 0x7F, 0xC2, 0x77, 0x00]
    static let webPExtended: [UInt8] = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0]
        + [0, 0, 0, 0, 0x7F, 0x02, 0x00, 0xDF, 0x01, 0x00]

    /// An application segment of `length` bytes in front of the frame header.
    static func jpeg(segment length: Int = 16, marker: UInt8 = 0xC0) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0, UInt8(length >> 8), UInt8(length & 0xFF)] + Array(repeating: 0x11, count: length - 2)
            + [0xFF, marker, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3, 1, 0x22, 0]
    }

    private func size(_ bytes: [UInt8]) -> [Int]? {
        let uri = "data:image/any;base64," + Data(bytes).base64EncodedString()
        guard let size = ImageHeader(uri: Array(uri.utf8).span)?.size else { return nil }
        return [size.width, size.height]
    }

    @Test("Each format's header gives its size", arguments: [
        png, gif, webPLossy, webPLossless, webPExtended, jpeg(), jpeg(segment: 60_000), jpeg(segment: 17, marker: 0xC2),
        jpeg(segment: 18, marker: 0xCF),
    ])
    func formats(bytes: [UInt8]) {
        #expect(size(bytes) == [640, 480])
    }

    @Test("A header cut off anywhere has no size and does no harm", arguments: [
        png.prefix(24), gif.prefix(10), webPLossy.prefix(30), webPLossless.prefix(25), webPExtended.prefix(30),
        jpeg().prefix(27),
    ])
    func cut(bytes: ArraySlice<UInt8>) {
        for count in 0..<bytes.count { #expect(size(Array(bytes.prefix(count))) == nil, "\(count) bytes") }
    }

    @Test("Random bytes behind a format's first ones never trap")
    func random() {
        let seed = UInt64.random(in: 0...(.max))
        var state = seed
        for _ in 0..<2000 {
            var bytes: [UInt8] = [[0x89, 0x50], [0x47, 0x49], [0x52, 0x49], [0xFF, 0xD8]][Int(state >> 40 & 3)]
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(UInt8(truncatingIfNeeded: state >> 33))
            }
            if let size = size(bytes) { #expect(size[0] > 0 && size[1] > 0, "seed \(seed)") }
        }
    }

    @Test("Only a base64 data URI has a header", arguments: ["", "data:", "data:image/png", "https://a.example/x.png", "data,x"])
    func noHeader(uri: String) {
        #expect(ImageHeader(uri: Array(uri.utf8).span)?.size == nil)
    }

    @Test("Traits hold the size of each picture, nil for one elsewhere, and slashes may be escaped")
    func traits() throws {
        let base64 = Data(Self.png).base64EncodedString()
        let escaped = Data(Self.jpeg(segment: 3000)).base64EncodedString().replacingOccurrences(of: "/", with: "\\/")
        let traits = try Traits.ofMessages(
            #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,\#(base64)"}},"#
                + #"{"type":"image_url","image_url":{"url":"data:image\/jpeg;base64,\#(escaped)"}},"#
                + #"{"type":"image_url","image_url":{"url":"https://a.example/x.png"}},"#
                + #"{"type":"image_url","image_url":{"url":"https://a.example/x.png","detail":"low"}},"#
                + #"{"type":"image","source":{"type":"base64","data":"\#(base64)"}},{"type":"image_url"}]}"#)
        let size = ImageSize(width: 640, height: 480)
        let low = ImageSize(width: 1024, height: 1024, isLowDetail: true)
        #expect(traits.images == [size, size, nil, low, size, nil])
        #expect(traits.text.user.total == 0)
    }
}
