// Shows what /dashboard/live tells, once a second. Everything from outside is set as text, never as markup.

const CHART = { width: 600, height: 140 };
const $ = (id) => document.getElementById(id);

const source = new EventSource('dashboard/live');
source.onmessage = (event) => show(JSON.parse(event.data));
source.onopen = () => connection('live', false);
source.onerror = () => connection('connection lost, trying again …', true);

function connection(text, lost) {
  $('connection').textContent = text;
  $('connection').classList.toggle('lost', lost);
}

function show(view) {
  connection(view.ready ? 'live' : 'streams are starting …', false);
  showThroughput(view.throughput);
  showModels(view.models);
  showTrainings(view.trainings);
  showLatest(view.latest);
}

function showThroughput(seconds) {
  const counts = seconds.map((s) => Object.values(s.answers).reduce((a, b) => a + b, 0));
  // The last whole second may still be filling: read the one before.
  $('rate').textContent = number(counts.at(-2) ?? 0);
  const peak = Math.max(1, ...counts);
  $('peak').textContent = `peak ${number(Math.max(0, ...counts))}/s`;
  const step = CHART.width / Math.max(1, counts.length - 1);
  const points = counts.map((c, i) => `${(i * step).toFixed(1)},${(CHART.height - 2 - (c / peak) * (CHART.height - 6)).toFixed(1)}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', points.length ? `M0,${CHART.height} L${points.join(' L')} L${CHART.width},${CHART.height} Z` : '');
  $('chart').replaceChildren(path);
}

function showModels(models) {
  const names = Object.keys(models).sort();
  $('no-models').hidden = names.length > 0;
  $('models').replaceChildren(...names.map((name) => card(name, `version ${models[name]}`)));
}

function showTrainings(trainings) {
  $('no-trainings').hidden = trainings.length > 0;
  $('trainings').replaceChildren(...trainings.slice(0, 5).map(trainingCard));
}

function trainingCard(job) {
  if (job.type === 'TrainingCompleted') {
    return card(`${job.model} version ${job.version} ${job.promoted ? 'serves' : 'is kept back'}`, `${job.decision} · ${time(job.at)}`);
  }
  if (job.type === 'EvaluationCompleted') {
    return card(`${job.model} version ${job.version} was evaluated`, `${percent(job.accuracy)} of ${number(job.images)} held-out pictures right · ${time(job.at)}`);
  }
  if (job.type === 'TrainingFailed') {
    const failed = card(`${job.model} failed`, `${job.reason.detail} · ${time(job.at)}`);
    failed.classList.add('failed');
    return failed;
  }
  const parts = [job.phase.toLowerCase()];
  if (job.epoch > 0) parts.push(`epoch ${job.epoch} of ${job.epochs}`);
  if (job.loss !== undefined) parts.push(`loss ${job.loss.toFixed(4)}`);
  if (job.accuracy !== undefined) parts.push(`accuracy ${percent(job.accuracy)}`);
  if (job.imagesPerSecond > 0) parts.push(`${number(Math.round(job.imagesPerSecond))} images/s`);
  if (job.etaMillis !== undefined) parts.push(`${Math.ceil(job.etaMillis / 1000)} s left`);
  const running = card(`${job.model} is training`, parts.join(' · '));
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', `Training of ${job.model}`);
  if (job.steps > 0) {
    bar.max = job.epochs;
    bar.value = job.epoch - 1 + job.step / job.steps;
  }
  running.append(bar);
  return running;
}

function showLatest(answers) {
  $('no-latest').hidden = answers.length > 0;
  $('latest').hidden = answers.length === 0;
  $('latest').tBodies[0].replaceChildren(...answers.map(answerRow));
}

function answerRow(answer) {
  const row = document.createElement('tr');
  const predicted = answer.state === 'PREDICTED';
  row.append(
    cell(time(answer.completedAt)),
    cell(answer.modelVersion ? `${answer.model} ${answer.modelVersion}` : answer.model),
    cell(predicted ? answer.label : `${answer.state.toLowerCase()}: ${answer.reason?.code ?? ''}`, predicted ? 'label' : 'refused'),
    cell(predicted ? percent(answer.probability) : '', 'number'),
    cell(`${number(Math.max(0, new Date(answer.completedAt) - new Date(answer.submittedAt)))} ms`, 'number'),
    cell(answer.worker));
  return row;
}

function card(title, detail) {
  const item = document.createElement('li');
  const strong = document.createElement('strong');
  strong.textContent = title;
  const small = document.createElement('small');
  small.textContent = detail;
  item.append(strong, small);
  return item;
}

function cell(text, className = '') {
  const td = document.createElement('td');
  td.textContent = text;
  td.className = className;
  return td;
}

function number(value) {
  return value.toLocaleString();
}

function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
}

function time(instant) {
  return new Date(instant).toLocaleTimeString();
}
