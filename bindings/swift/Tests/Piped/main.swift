// A phone in a process of its own: a request on each line of its standard input, and its answer on a line of the output.
import Foundation
import Town

let phone = try await Phone.open(URL(fileURLWithPath: CommandLine.arguments[1]), Pocket())
while let request = readLine() {
    let reply = try await phone.app.call(request: request)
    FileHandle.standardOutput.write(Data("\(reply)\n".utf8))
}
try await phone.app.suspend()
