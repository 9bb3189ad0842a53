// A phone in a process of its own that saves one entry after the other, and prints each when it was answered.
import Foundation
import Town

let phone = try await Phone.open(URL(fileURLWithPath: CommandLine.arguments[1]), Pocket())
while true {
    let entry = try await phone.log("T-1", "Skrevet før strømmen gik")
    FileHandle.standardOutput.write(Data("\(entry)\n".utf8))
}
