// The LimitRange of the jobs' namespace: what a container gets that says nothing, and the most that one may have. A quota
// refuses pods that say nothing, and jobs may bring what GitLab Runner does not size.
function(this)
  local size = this.jobs.size;
  [{
    type: 'Container',
    defaultRequest: { cpu: size.helper.cpu, memory: size.helper.memory, 'ephemeral-storage': '10Mi' },
    default: { memory: size.helper.memoryLimit, 'ephemeral-storage': size.storage },
    max: { memory: this.jobs.ceiling.memory, 'ephemeral-storage': size.storage },
  }]
