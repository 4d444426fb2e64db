/** The same as `swr`, under a name that nothing stands in for. */
declare module "swr/whole" {
  export { default, mutate, SWRConfig, useSWRConfig } from "swr";
}
