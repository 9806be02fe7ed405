import ArgumentParser
import MockProvider

extension MockBehavior {
    /// Sets the knobs whose option was given; a value out of range becomes an error that names the option.
    mutating func set(_ options: [(MockKnob, String?)]) throws(ValidationError) {
        for (knob, text) in options {
            guard let text else { continue }
            do throws(MockProviderError) {
                try set(knob, to: text)
            } catch {
                let option = "--" + knob.rawValue
                throw ValidationError(error.message.replacing(knob.headerName, with: option))
            }
        }
    }
}
