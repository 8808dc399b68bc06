"""Linux hosts in one kernel: what they are made of, and the process that keeps a lab of them."""
