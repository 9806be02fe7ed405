import GatewayCore
import Testing

@testable import Routing

@Suite("Pictures in tokens")
struct ImageTokenRuleTests {
    /// The worked examples of OpenAI's guide to vision: 1024 × 1024 in high detail is 765, 2048 × 4096 is 1,105, and
    /// low detail is the base.
    @Test("Tiles give the numbers of the provider's own examples")
    func tiles() {
        let rule = ImageTokenRule.tiles(base: 85, tile: 170)
        #expect(rule.tokens(of: ImageSize(width: 1024, height: 1024)) == 765)
        #expect(rule.tokens(of: ImageSize(width: 2048, height: 4096)) == 1105)
        #expect(rule.tokens(of: ImageSize(width: 4096, height: 8192, isLowDetail: true)) == 85)
        #expect(rule.tokens(of: ImageSize(width: 512, height: 512)) == 255)
    }

    /// From the same guide: 1024 × 1024 is 1,024 patches, 1800 × 2400 is 1,452 after shrinking (ours keeps a bound).
    @Test("Patches count 32 x 32 squares up to 1,536, times the model's factor")
    func patches() {
        #expect(ImageTokenRule.patches(permille: 1000).tokens(of: ImageSize(width: 1024, height: 1024)) == 1024)
        #expect(ImageTokenRule.patches(permille: 1620).tokens(of: ImageSize(width: 1024, height: 1024)) == 1659)
        let large = ImageTokenRule.patches(permille: 1000).tokens(of: ImageSize(width: 1800, height: 2400))
        #expect((1452...1536).contains(large))
    }

    /// Anthropic's table: 1000 × 1000 is about 1,334 tokens, 200 × 200 about 54.
    @Test("Area divides pixels by 750, with a bound on the longer side")
    func area() {
        #expect(ImageTokenRule.area.tokens(of: ImageSize(width: 1000, height: 1000)) == 1334)
        #expect(ImageTokenRule.area.tokens(of: ImageSize(width: 200, height: 200)) == 54)
        #expect(ImageTokenRule.area.tokens(of: ImageSize(width: 9000, height: 9000)) == 1600)
    }

    /// Gemini's documentation: 258 up to 384 × 384; 960 × 540 is cropped by 360 into six.
    @Test("Crops count 258 each")
    func crops() {
        #expect(ImageTokenRule.crops.tokens(of: ImageSize(width: 384, height: 384)) == 258)
        #expect(ImageTokenRule.crops.tokens(of: ImageSize(width: 960, height: 540)) == 6 * 258)
    }

    @Test("A picture of unknown size counts as one of standard size", arguments: [
        ImageTokenRule.standard, .patches(permille: 1000), .area, .crops, .fixed(300),
    ])
    func unknown(rule: ImageTokenRule) {
        #expect(rule.tokens(of: nil) == rule.tokens(of: .standard))
    }

    @Test("No size of a header makes a count that is not positive or beyond all reason", arguments: [
        (0, 0), (-5, .max), (.max, 1), (65_535, 65_535), (1, 65_535),
    ])
    func extremes(width: Int, height: Int) {
        for rule in [ImageTokenRule.standard, .patches(permille: 2460), .area, .crops] {
            let tokens = rule.tokens(of: ImageSize(width: width, height: height))
            #expect(tokens > 0 && tokens < 100_000_000)
        }
    }
}
