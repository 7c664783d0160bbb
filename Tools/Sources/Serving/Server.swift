public import Workflows
