/** The version of the requests and replies this user interface was built for. */
export const CONTRACT_VERSION = 1;
