# The worker of `worker.ts` beside the packed package, as it is: with what is standard alone, and with what Node has.
using Workerd = import "/workerd/workerd.capnp";

const standard :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = .modules,
      # There is not even a process then; before 2024-10-14 a client cannot be shared by requests.
      compatibilityDate = "2024-10-14",
      bindings = [
        (name = "BASE_URL", fromEnvironment = "BASE_URL"),
        (name = "API_KEY", fromEnvironment = "API_KEY"),
      ],
    )),
    .network,
  ],
  sockets = .sockets,
);

const nodejsCompat :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = .modules,
      # From 2026-08-04 on, nodejs_compat goes without saying.
      compatibilityDate = "2026-10-01",
      # They are the environment there.
      bindings = [
        (name = "ARIZE_BASE_URL", fromEnvironment = "ARIZE_BASE_URL"),
        (name = "ARIZE_API_KEY", fromEnvironment = "ARIZE_API_KEY"),
      ],
    )),
    .network,
  ],
  sockets = .sockets,
);

const modules :List(Workerd.Worker.Module) = [
  (name = "worker.js", esModule = embed "worker.js"),
  (name = "life.js", esModule = embed "life.js"),
  (name = "ax-users", esModule = embed "../node_modules/ax-users/dist/index.js"),
  (name = "client.js", esModule = embed "../node_modules/ax-users/dist/client.js"),
];

# The sandbox is on this machine, which a worker may not reach unless it is allowed to.
const network :Workerd.Service = (name = "internet", network = (allow = ["private"]));

# The address is given at the start.
const sockets :List(Workerd.Socket) = [(name = "http", http = (), service = "worker")];
