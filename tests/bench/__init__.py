"""The benchmark: what a deployment costs the router, and what a preview costs over Pulumi's own."""
